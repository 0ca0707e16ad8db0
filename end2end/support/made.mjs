// Files that are made for a test: the smallest that are whole.
import { deflateSync } from 'node:zlib'

/** The smallest PDF that is whole. */
export function pdf(word) {
  const body = `%PDF-1.4\n1 0 obj<</Word (${word})>>endobj\n`
  return Buffer.from(`${body}xref\n0 1\ntrailer<<>>\nstartxref\n${Buffer.byteLength(body)}\n%%EOF\n`)
}

/** A plain PNG of this size. */
export function png(width, height) {
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name), data])
    const length = Buffer.alloc(4)
    length.writeUInt32BE(data.length)
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(crc(body))
    return Buffer.concat([length, body, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const dots = Buffer.alloc((width * 3 + 1) * height, 0x55)
  for (let row = 0; row < height; row++) dots[row * (width * 3 + 1)] = 0
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(dots)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function crc(bytes) {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  }
  return (sum ^ 0xffffffff) >>> 0
}
