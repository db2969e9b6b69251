import { ExportProblem } from '@parley/domain/import/export-problem'
import type { Entry } from 'yauzl'

/** A local file header without its name (APPNOTE 4.3.7). */
const LOCAL_HEADER_BYTES = 30

/**
 * Refuses archives whose files share their packed bytes: the construction by which a small zip bomb unpacks to
 * petabytes while each file alone keeps an innocent ratio (D. Fifield, "A better zip bomb", WOOT 2019).
 */
export function checkOverlap(entries: readonly Entry[]): void {
  const byOffset = [...entries].sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)
  let end = 0
  for (const entry of byOffset) {
    if (entry.relativeOffsetOfLocalHeader < end)
      throw new ExportProblem(entry.fileName, 'It shares its bytes with another file: refused as a zip bomb.')
    end = entry.relativeOffsetOfLocalHeader + LOCAL_HEADER_BYTES + entry.compressedSize
  }
}
