/** What a browser shows without running anything of the file's own. Never HTML, SVG, XML or PDF. */
const SHOWN_IN_PLACE: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'video/mp4',
  'video/webm',
  'video/quicktime',
  'audio/mpeg',
  'audio/mp4',
  'audio/ogg',
  'audio/wav',
  'audio/webm',
  'audio/flac',
  'audio/aac',
])

export type ServedAs = { type: string; disposition: string }

/**
 * The headers under which an object is handed out. Whatever is not known to be harmless is a download of unknown
 * type, whoever asked for it to be shown. Text is shown as text in UTF-8, never sniffed.
 */
export function servedAs(asked: { name: string; type: string; inline: boolean }): ServedAs {
  const type = (asked.type.split(';')[0] ?? '').trim().toLowerCase()
  const inline = asked.inline && (SHOWN_IN_PLACE.has(type) || type === 'text/plain')
  return {
    type: !inline ? 'application/octet-stream' : type === 'text/plain' ? 'text/plain; charset=utf-8' : type,
    disposition: `${inline ? 'inline' : 'attachment'}; ${fileName(asked.name)}`,
  }
}

/** RFC 6266 §4.3: an ASCII name for the old, the real one for all others. */
function fileName(name: string): string {
  const clean =
    name
      .replace(/[\p{Cc}\p{Cf}/\\]/gu, '_')
      .slice(0, 200)
      .toWellFormed() || 'file'
  const ascii = clean.replace(/[^\x20-\x7e]|["%]/g, '_')
  const encoded = encodeURIComponent(clean).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)
  return `filename="${ascii}"; filename*=UTF-8''${encoded}`
}
