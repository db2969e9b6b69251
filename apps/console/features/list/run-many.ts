export type Run<Item> = {
  done: number
  failed: { item: Item; error: unknown }[]
}
export type Options<Item> = {
  act: (item: Item) => Promise<unknown>
  /** Seconds to wait, when the server asks for patience; null when the refusal is final. */
  waitFor: (error: unknown) => number | null
  onProgress?: (run: Run<Item>) => void
  signal?: AbortSignal
  pause?: (milliseconds: number) => Promise<void>
}

/** More at a time would only wait at the server. */
const atOnce = 4
/** Patience has an end: a rate limit is over after a minute. */
const longestWait = 70

const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

/**
 * The same act for each of many things, a few at a time. What is refused is noted and the rest goes on; who is asked to
 * wait waits once. Stops between two acts when told to.
 */
export async function runMany<Item>(items: readonly Item[], options: Options<Item>): Promise<Run<Item>> {
  const { act, waitFor, onProgress, signal, pause = sleep } = options
  const run: Run<Item> = { done: 0, failed: [] }
  const left = [...items]
  const one = async (item: Item) => {
    try {
      await act(item)
    } catch (error) {
      const wait = waitFor(error)
      if (wait === null || wait > longestWait) throw error
      await pause(wait * 1_000)
      await act(item)
    }
  }
  const worker = async () => {
    for (let item = left.shift(); item !== undefined && !signal?.aborted; item = left.shift()) {
      await one(item).catch((error: unknown) => run.failed.push({ item: item as Item, error }))
      run.done += 1
      onProgress?.({ ...run })
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker))
  return run
}
