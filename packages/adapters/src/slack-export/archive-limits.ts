/**
 * What an archive may ask of us before a byte of it is unpacked. A large workspace (ten years, 5,000 channels)
 * stays well below each; a zip bomb does not.
 */
export const ARCHIVE_LIMITS = {
  /** Files in the archive. A channel that talks every day makes 365 a year. */
  entries: 1_000_000,
  /** One file unpacked, in bytes: held in memory while it is parsed. */
  entryBytes: 256 * 1024 * 1024,
  /** All files unpacked, in bytes. Read one after the other, never at once. */
  totalBytes: 64 * 1024 * 1024 * 1024,
  /** Unpacked to packed size. Exports reach 7 to 40; deflate ends at 1,032. */
  ratio: 200,
  /** Below this size, in bytes, the ratio says nothing. */
  ratioMatters: 1024 * 1024,
} as const

export type ArchiveLimits = { readonly [K in keyof typeof ARCHIVE_LIMITS]: number }
