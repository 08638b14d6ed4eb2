// The binary message of docs/reference/websocket.md: a fixed header, then an H.264 access unit in Annex B form, or a packet of sound.

const FLAGS = { key: 1, config: 2, generated: 4, blended: 8, repeated: 16, sound: 32 };

/** Reads one message; throws an Error in words when it is not of this version. */
export function parse(buffer) {
  const view = new DataView(buffer);
  if (buffer.byteLength < 24 || view.getUint8(0) !== 1) throw new Error('The server speaks another version: reload the page.');
  const flags = view.getUint8(1);
  return {
    key: (flags & FLAGS.key) !== 0,
    real: (flags & (FLAGS.generated | FLAGS.blended)) === 0,
    sound: (flags & FLAGS.sound) !== 0,
    repeated: (flags & FLAGS.repeated) !== 0,
    sequence: view.getUint32(4),
    pts: Number(view.getBigInt64(8)),
    capture: Number(view.getBigInt64(16)),
    data: new Uint8Array(buffer, view.getUint16(2)),
  };
}
