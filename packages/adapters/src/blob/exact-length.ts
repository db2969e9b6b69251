/** The content is not as long as was said. */
export class WrongLength extends Error {
  override readonly name = 'WrongLength'
}

/** Passes chunks on. @throws WrongLength as soon as more than `size` bytes have come, and when fewer have at the end */
export function exactLength(size: number) {
  return async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let passed = 0
    for await (const chunk of chunks) {
      passed += chunk.length
      if (passed > size) throw new WrongLength('longer than was said')
      yield chunk
    }
    if (passed !== size) throw new WrongLength('shorter than was said')
  }
}
