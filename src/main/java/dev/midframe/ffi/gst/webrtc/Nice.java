package dev.midframe.ffi.gst.webrtc;

/** The functions used of libnice, which finds the way to the other side. */
interface Nice {

    long nice_address_new();

    void nice_address_free(long address);

    int nice_address_set_from_string(long address, long text);

    int nice_agent_add_local_address(long agent, long address);
}
