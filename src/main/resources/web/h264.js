// The little of H.264's byte stream that a container needs: its NAL units, separated by start codes.

export const SPS = 7;
export const PPS = 8;
const DELIMITER = 9;

export const typeOf = (nal) => nal[0] & 0x1f;

/** The NAL units of an access unit, without start codes. */
export function nalUnits(bytes) {
  const starts = [];
  for (let i = 0; i + 2 < bytes.length; i++) {
    if (bytes[i] === 0 && bytes[i + 1] === 0 && bytes[i + 2] === 1) {
      starts.push(i + 3);
      i += 2;
    }
  }
  return starts.map((start, k) => {
    let end = k + 1 < starts.length ? starts[k + 1] - 3 : bytes.length;
    while (end > start && bytes[end - 1] === 0) end--;
    return bytes.subarray(start, end);
  });
}

/** The picture's own NAL units, each after its length in four bytes, as a container wants them. */
export function lengthPrefixed(nals) {
  const kept = nals.filter((nal) => ![SPS, PPS, DELIMITER].includes(typeOf(nal)));
  const out = new Uint8Array(kept.reduce((sum, nal) => sum + 4 + nal.length, 0));
  const view = new DataView(out.buffer);
  let at = 0;
  for (const nal of kept) {
    view.setUint32(at, nal.length);
    out.set(nal, at + 4);
    at += 4 + nal.length;
  }
  return out;
}
