import type { Readable } from 'node:stream'
import type { Client } from 'minio'

/** What is held in memory of a stream on its way to the store. 10,000 parts of this are the largest object. */
export const PART_BYTES = 16 * 1024 * 1024

type Target = { bucket: string; key: string; headers: Record<string, string> }

/**
 * Puts a stream of any length, part by part, and leaves nothing when it breaks. The minio client's own way waits for
 * ever for a source that failed.
 */
export async function putStream(
  store: Client,
  target: Target,
  content: Readable | AsyncIterable<Buffer>,
): Promise<void> {
  const { bucket, key, headers } = target
  let upload: string | null = null
  const done: { part: number; etag?: string }[] = []
  try {
    for await (const { bytes, last } of inParts(content)) {
      if (last && upload === null) {
        await store.putObject(bucket, key, bytes, bytes.length, headers)
        return
      }
      upload ??= await store.initiateNewMultipartUpload(bucket, key, headers)
      const partNumber = done.length + 1
      const { etag } = await store.uploadPart(
        { bucketName: bucket, objectName: key, uploadID: upload, partNumber, headers: {} },
        bytes,
      )
      done.push({ part: partNumber, etag })
    }
    await store.completeMultipartUpload(bucket, key, upload!, done)
  } catch (error) {
    // what cannot be aborted now is invisible, and the store's own rule for incomplete uploads takes it
    if (upload) await store.abortMultipartUpload(bucket, key, upload).catch(() => {})
    throw error
  }
}

/** Parts of PART_BYTES each; only the last may be smaller, and of an empty stream it is empty. */
async function* inParts(content: AsyncIterable<Buffer>): AsyncGenerator<{ bytes: Buffer; last: boolean }> {
  let held: Buffer[] = []
  let size = 0
  for await (const chunk of content) {
    for (let rest = chunk; rest.length > 0; ) {
      if (size === PART_BYTES) {
        yield { bytes: Buffer.concat(held), last: false }
        held = []
        size = 0
      }
      const taken = rest.subarray(0, PART_BYTES - size)
      held.push(taken)
      size += taken.length
      rest = rest.subarray(taken.length)
    }
  }
  yield { bytes: Buffer.concat(held), last: true }
}
