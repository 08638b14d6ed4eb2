// Plays by WebRTC (WHEP): the browser decodes, and keeps sound and pictures together. What each picture is, says the WebSocket.

const MOST_UNITS = 600;

export class WebRtcPlayer {
  static name = 'WebRTC';

  video = document.createElement('video');
  #show;
  #failed;
  #peer = new RTCPeerConnection();
  #session = null;
  #closed = false;
  #units = new Map();
  #last = null;

  static get supported() {
    return 'RTCPeerConnection' in globalThis && 'requestVideoFrameCallback' in HTMLVideoElement.prototype;
  }

  /** `show(image, unit)` is called for each picture, `failed(words)` when there will be no more. */
  constructor(stream, show, failed) {
    this.#show = show;
    this.#failed = failed;
    this.video.className = 'hidden-video';
    this.video.muted = true;
    this.video.playsInline = true;
    this.video.srcObject = new MediaStream();
    // Browsers show nothing of a video that is not in the page.
    document.body.append(this.video);
    this.#peer.ontrack = ({ track }) => this.video.srcObject.addTrack(track);
    this.#peer.onconnectionstatechange = () => {
      if (this.#peer.connectionState === 'failed') this.#fail('The connection by WebRTC is lost.');
    };
    this.#await();
    this.#connect(`/whep/${stream}`).catch((error) => this.#fail(error.message));
  }

  /** A picture's header is enough. */
  push(unit) {
    this.#units.set(rtpTime(unit.pts), unit);
    if (this.#units.size > MOST_UNITS) this.#units.delete(this.#units.keys().next().value);
  }

  gap() {}

  close() {
    this.#closed = true;
    this.#peer.close();
    this.video.remove();
    if (this.#session) fetch(this.#session, { method: 'DELETE', keepalive: true }).catch(() => {});
  }

  async #connect(path) {
    for (const kind of ['video', 'audio']) this.#peer.addTransceiver(kind, { direction: 'recvonly' });
    await this.#peer.setLocalDescription(await this.#peer.createOffer());
    const headers = { 'content-type': 'application/sdp' };
    const response = await fetch(path, { method: 'POST', headers, body: this.#peer.localDescription.sdp });
    const answer = await response.text();
    if (!response.ok) throw new Error(`No low latency: ${answer.trim()}.`);
    this.#session = response.headers.get('location');
    if (this.#closed) {
      this.close();
      return;
    }
    await this.#peer.setRemoteDescription({ type: 'answer', sdp: answer });
    await this.video.play();
  }

  #await() {
    this.video.requestVideoFrameCallback((now, { rtpTimestamp }) => {
      if (this.#closed) return;
      this.#await();
      const unit = [0, -1, 1].map((off) => this.#units.get(rtpTimestamp + off)).find(Boolean);
      this.#last = unit ?? this.#last;
      if (this.#last) this.#show(this.video, this.#last);
    });
  }

  #fail(words) {
    if (this.#closed) return;
    this.close();
    this.#failed(words);
  }
}

/** The server counts RTP's 90,000 a second from the stream's start, too. */
const rtpTime = (micros) => Math.floor((micros * 9) / 100) % 2 ** 32;
