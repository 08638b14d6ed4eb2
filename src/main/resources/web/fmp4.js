// Fragmented MP4 (ISO/IEC 14496-12 and -15), as little as a browser's MediaSource needs: one track, one frame a fragment.

export const TIMESCALE = 90000;

const KEY_SAMPLE = 0x02000000;
const DELTA_SAMPLE = 0x01010000;

const u8 = (...values) => Uint8Array.from(values);
const u16 = (...values) => u8(...values.flatMap((v) => [v >>> 8, v & 255]));
const u32 = (...values) => u8(...values.flatMap((v) => [v >>> 24, (v >>> 16) & 255, (v >>> 8) & 255, v & 255]));
const u64 = (value) => u32(Math.floor(value / 2 ** 32), value % 2 ** 32);
const zeros = (count) => new Uint8Array(count);
const text = (value) => u8(...[...value].map((c) => c.charCodeAt(0)));

export function join(parts) {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function box(type, ...parts) {
  const body = join(parts);
  return join([u32(body.length + 8), text(type), body]);
}

const full = (type, version, flags, ...parts) => box(type, u32((version << 24) | flags), ...parts);

const MATRIX = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);

/** What goes in first: the track's description. */
export function initSegment({ width, height }, sps, pps) {
  const avcC = box('avcC', u8(1, sps[1], sps[2], sps[3], 0xff, 0xe1), u16(sps.length), sps, u8(1), u16(pps.length), pps);
  const avc1 = box('avc1', zeros(6), u16(1), zeros(16), u16(width, height), u32(0x480000, 0x480000, 0), u16(1), zeros(32),
    u16(0x18, 0xffff), avcC);
  const none = u32(0);
  const stbl = box('stbl', full('stsd', 0, 0, u32(1), avc1), full('stts', 0, 0, none), full('stsc', 0, 0, none),
    full('stsz', 0, 0, u32(0, 0)), full('stco', 0, 0, none));
  const dinf = box('dinf', full('dref', 0, 0, u32(1), full('url ', 0, 1)));
  const minf = box('minf', full('vmhd', 0, 1, zeros(8)), dinf, stbl);
  const mdia = box('mdia', full('mdhd', 0, 0, u32(0, 0, TIMESCALE, 0), u16(0x55c4, 0)),
    full('hdlr', 0, 0, none, text('vide'), zeros(12), text('video\0')), minf);
  const tkhd = full('tkhd', 0, 3, u32(0, 0, 1, 0, 0), zeros(8), u16(0, 0, 0, 0), MATRIX, u32(width * 65536, height * 65536));
  const mvhd = full('mvhd', 0, 0, u32(0, 0, TIMESCALE, 0, 0x10000), u16(0x100, 0), zeros(8), MATRIX, zeros(24), u32(2));
  const mvex = box('mvex', full('trex', 0, 0, u32(1, 1, 0, 0, 0)));
  return join([
    box('ftyp', text('isom'), u32(512), text('isomiso6avc1mp41')),
    box('moov', mvhd, box('trak', tkhd, mdia), mvex),
  ]);
}

/** One frame: `time` and `duration` in TIMESCALE, `data` length-prefixed NAL units. */
export function fragment(number, time, duration, key, data) {
  const moof = (offset) => box('moof',
    full('mfhd', 0, 0, u32(number)),
    box('traf',
      full('tfhd', 0, 0x020000, u32(1)),
      full('tfdt', 1, 0, u64(time)),
      full('trun', 0, 0x000701, u32(1, offset, duration, data.length, key ? KEY_SAMPLE : DELTA_SAMPLE))));
  return join([moof(moof(0).length + 8), box('mdat', data)]);
}
