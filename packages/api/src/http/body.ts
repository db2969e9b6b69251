import { jsonOf, ParleyError } from '@parley/protocol'
import { isHangUp } from './hang-up.ts'

/** What a request may bring unless its route says otherwise. */
export const BODY_BYTES = 1_048_576

/** @throws ParleyError('too_large') as soon as there is more, without reading on; ('bad_input') when it breaks off */
export async function readBody(request: Request, most = BODY_BYTES): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () => new ParleyError('too_large', `The request may hold at most ${most} bytes.`)
  if (Number(request.headers.get('content-length') ?? 0) > most) throw tooLarge()
  const chunks: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const chunk of request.body ?? []) {
      bytes += chunk.byteLength
      if (bytes > most) throw tooLarge()
      chunks.push(chunk)
    }
  } catch (e) {
    if (!isHangUp(e)) throw e
    // nobody is there to be told, and it is no failure of ours: else a stranger could fill the log
    throw new ParleyError('bad_input', 'The request ended before all of it was there.')
  }
  return new Uint8Array(Buffer.concat(chunks))
}

/** @throws ParleyError('bad_input') when it is not a JSON object, sent as JSON: forms of other pages are not */
export async function readJson(request: Request, most = BODY_BYTES): Promise<Record<string, unknown>> {
  const bytes = await readBody(request, most)
  requireJson(request)
  const value = jsonOf(new TextDecoder().decode(bytes))
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw new ParleyError('bad_input', 'The body is not a JSON object.')
}

/** @throws ParleyError('bad_input') for what is not sent as JSON, or packed: what it unpacks to has no bound */
export function requireJson({ headers }: Request): void {
  if (!/^application\/json\b/i.test(headers.get('content-type') ?? ''))
    throw new ParleyError('bad_input', 'Send JSON, with the content type application/json.')
  if (!/^(identity)?$/i.test(headers.get('content-encoding') ?? ''))
    throw new ParleyError('bad_input', 'Send the body as it is: compressed ones are not unpacked.')
}
