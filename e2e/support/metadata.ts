// What cameras and programs write beside the pixels: EXIF with place and device, XMP, IPTC, comments.

/** Words that must be nowhere in what is sent. */
export const traces = ["Exif\0\0", "http://ns.adobe.com/xap/1.0/", "GPSLatitude", "Photoshop 3.0", "DienThoaiThu", "nha-toi"];

/** A JPEG with all of it: APP1 (EXIF, XMP), APP13, a comment; the orientation is 1 to 8. */
export function withMetadata(jpeg: Buffer, orientation: number): Buffer {
  const xmp = Buffer.from(
    'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>10,2.1N</exif:GPSLatitude></x:xmpmeta>',
    "latin1",
  );
  const parts = [
    segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff(orientation)])),
    segment(0xe1, xmp),
    segment(0xed, Buffer.from("Photoshop 3.0\0nha-toi", "latin1")),
    segment(0xfe, Buffer.from("chup o nha-toi", "latin1")),
  ];
  return Buffer.concat([jpeg.subarray(0, 2), ...parts, jpeg.subarray(2)]);
}

/** A PNG with the same in `eXIf`, `iTXt` and `tEXt`. */
export function pngWithMetadata(png: Buffer): Buffer {
  const header = 8 + 25;
  const parts = [
    chunk("eXIf", tiff(1)),
    chunk("iTXt", Buffer.from("XML:com.adobe.xmp\0\0\0\0\0http://ns.adobe.com/xap/1.0/ GPSLatitude", "latin1")),
    chunk("tEXt", Buffer.from("Comment\0chup o nha-toi", "latin1")),
  ];
  return Buffer.concat([png.subarray(0, header), ...parts, png.subarray(header)]);
}

/** The markers of the segments before the picture's data. */
export function segmentsOf(jpeg: Buffer): number[] {
  const markers: number[] = [];
  for (let at = 2; at + 4 <= jpeg.length && jpeg[at] === 0xff; ) {
    const marker = jpeg[at + 1] ?? 0;
    markers.push(marker);
    if (marker === 0xda) break;
    at += 2 + jpeg.readUInt16BE(at + 2);
  }
  return markers;
}

function segment(marker: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

/** Two directories, big-endian: make, orientation and the pointer to the place; latitude and longitude. */
function tiff(orientation: number): Buffer {
  const make = Buffer.from("DienThoaiThu\0", "latin1");
  const first = 8;
  const placeAt = first + 2 + 3 * 12 + 4;
  const data = placeAt + 2 + 4 * 12 + 4;
  const entry = (tag: number, type: number, count: number, value: Buffer): Buffer => {
    const bytes = Buffer.alloc(12);
    bytes.writeUInt16BE(tag, 0);
    bytes.writeUInt16BE(type, 2);
    bytes.writeUInt32BE(count, 4);
    value.copy(bytes, 8);
    return bytes;
  };
  const short = (value: number): Buffer => Buffer.from([value >> 8, value & 255, 0, 0]);
  const long = (value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  const degrees = (...parts: number[]): Buffer => Buffer.concat(parts.flatMap((it) => [long(it), long(1)]));
  const [latitudeAt, longitudeAt] = [data, data + 24];
  const makeAt = data + 48;
  return Buffer.concat([
    Buffer.from("MM\0*", "latin1"),
    long(first),
    Buffer.from([0, 3]),
    entry(0x010f, 2, make.length, long(makeAt)),
    entry(0x0112, 3, 1, short(orientation)),
    entry(0x8825, 4, 1, long(placeAt)),
    long(0),
    Buffer.from([0, 4]),
    entry(1, 2, 2, Buffer.from("N\0\0\0", "latin1")),
    entry(2, 5, 3, long(latitudeAt)),
    entry(3, 2, 2, Buffer.from("E\0\0\0", "latin1")),
    entry(4, 5, 3, long(longitudeAt)),
    long(0),
    degrees(10, 2, 6),
    degrees(105, 46, 12),
    make,
  ]);
}

function chunk(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), content]);
  const [head, tail] = [Buffer.alloc(4), Buffer.alloc(4)];
  head.writeUInt32BE(content.length);
  tail.writeUInt32BE(crc32(body));
  return Buffer.concat([head, body, tail]);
}

/** As PNG wants it (ISO 3309). */
export function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
