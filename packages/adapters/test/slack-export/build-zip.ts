import { crc32, deflateRawSync } from 'node:zlib'

/** One file of a zip, and the lies that its directory entry tells about it. */
export type Packed = {
  readonly name: string
  readonly content: string | Buffer
  /** Unix mode bits, 0o100600 unless told. */
  readonly mode?: number
  readonly claims?: {
    readonly size?: number
    readonly crc?: number
    readonly method?: number
    readonly flags?: number
    /** Bytes in the local header that the directory does not have. */
    readonly localExtra?: number
    /** Shares the packed bytes of the file before it. */
    readonly sharesBytes?: boolean
  }
}

const UTF8 = 0x800
const DEFLATED = 8

/** Writes a zip (APPNOTE 6.3.10 §4.3) with just what the tests need, hostile entries included. */
export function buildZip(files: readonly Packed[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  let last = 0
  for (const file of files) {
    const raw = Buffer.from(file.content)
    const packed = deflateRawSync(raw)
    const name = Buffer.from(file.name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(file.claims?.flags ?? UTF8, 2)
    common.writeUInt16LE(file.claims?.method ?? DEFLATED, 4)
    common.writeUInt32LE(file.claims?.crc ?? crc32(raw), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(file.claims?.size ?? raw.length, 18)
    common.writeUInt16LE(name.length, 22)
    if (!file.claims?.sharesBytes) {
      last = offset
      const extra = Buffer.alloc(file.claims?.localExtra ?? 0)
      const local = Buffer.from(common)
      local.writeUInt16LE(extra.length, 24)
      const body = Buffer.concat([signature(0x04034b50), local, name, extra, packed])
      bodies.push(body)
      offset += body.length
    }
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(((file.mode ?? 0o100600) << 16) >>> 0, 6)
    tail.writeUInt32LE(last, 10)
    directory.push(Buffer.concat([signature(0x02014b50), Buffer.from([20, 3]), common, tail, name]))
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(files.length, 4)
  end.writeUInt16LE(files.length, 6)
  end.writeUInt32LE(listed.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...bodies, listed, signature(0x06054b50), end])
}

function signature(value: number): Buffer {
  const four = Buffer.alloc(4)
  four.writeUInt32LE(value)
  return four
}

/** The files of an export, from plain values. */
export const packJson = (files: Readonly<Record<string, unknown>>): Packed[] =>
  Object.entries(files).map(([name, value]) => ({ name, content: JSON.stringify(value) }))
