import type { Begun } from './uploads.ts'

/** The store has this file already: an earlier attempt arrived, though its answer did not. */
const THERE_ALREADY = 412

/**
 * PUTs a file straight into the store. By XMLHttpRequest, since fetch does not tell how much has gone out.
 * @throws Error with a sentence for the person; AbortError when `signal` says so
 */
export function putBytes(
  { upload }: Begun,
  content: File,
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const request = new XMLHttpRequest()
  request.open('PUT', upload.url)
  for (const [name, value] of Object.entries(upload.headers)) request.setRequestHeader(name, value)
  request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total)
  request.onload = () => {
    const { status } = request
    if ((status >= 200 && status < 300) || status === THERE_ALREADY) resolve()
    else reject(new Error(`The store of files did not take it (${status}). Try again.`))
  }
  request.onerror = () => reject(new Error('The store of files cannot be reached. Try again.'))
  request.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'))
  signal.addEventListener('abort', () => request.abort(), { once: true })
  // The store is told no type: it believes none.
  request.send(new Blob([content]))
  return promise
}
