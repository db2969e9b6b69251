const endings = new Set<() => void>()

/** What is done at once, without waiting, should this process end before the answer is called. */
export function atEnd(end: () => void): () => void {
  endings.add(end)
  return () => {
    endings.delete(end)
  }
}

/**
 * From now on nothing that this process has begun outlives it, be it that it calls `process.exit` or that nobody caught an
 * error: no process and no folder. A signal that nobody listens for ends a process without this.
 */
export function leaveNothing(): void {
  process.once('exit', () => {
    // last begun, first ended: a folder goes when nobody is left to write into it
    for (const end of [...endings].reverse()) {
      try {
        end()
      } catch (error) {
        // the others must end all the same, and the exit code says already how this process did
        process.stderr.write(`${(error as Error).message}\n`)
      }
    }
  })
}
