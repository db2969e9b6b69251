import type { OutboxEntry, OutboxStorage } from '../ports.ts'
import type { PendingMessage } from './pending.ts'

/**
 * Writes the outbox to its storage after it has changed: one write at a time, and only the latest state next.
 * A message written but not saved yet may be lost with the device; one that is saved and was accepted is sent once
 * more after a restart and finds its first result.
 */
export function persister(
  storage: OutboxStorage,
  all: () => PendingMessage[],
  onProblem: (what: string, error: unknown) => void,
): { changed(): void } {
  let dirty = false
  let writing = false

  async function write(): Promise<void> {
    await null
    while (dirty) {
      dirty = false
      try {
        await storage.save(all().flatMap(toEntry))
      } catch (error) {
        onProblem('The outbox could not be saved.', error)
      }
    }
    writing = false
  }

  return {
    changed() {
      dirty = true
      if (writing) return
      writing = true
      void write()
    },
  }
}

function toEntry(message: PendingMessage): OutboxEntry[] {
  if (message.state === 'sent') return []
  const { id, conversation, root, text, files, at } = message
  const failed = message.state === 'failed' ? { code: message.code, says: message.says } : null
  return [{ id, conversation, root, text, files: [...files], at, failed }]
}
