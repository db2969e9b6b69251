const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const bytes = new Uint8Array(16)

/** A random UUID (RFC 9562 §5.4). `crypto.randomUUID` is missing where a page is not served over HTTPS. */
export function uuid(): string {
  crypto.getRandomValues(bytes)
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const h = (from: number, to: number) => {
    let text = ''
    for (let i = from; i < to; i++) text += hex[bytes[i]!]
    return text
  }
  return `${h(0, 4)}-${h(4, 6)}-${h(6, 8)}-${h(8, 10)}-${h(10, 16)}`
}
