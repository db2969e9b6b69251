import type { AuditEvent } from './words.ts'
import { valueInWords } from './words.ts'

/** What was before and what is after, field by field. */
export function Changes({ event: { before, after } }: { event: AuditEvent }) {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  if (fields.length === 0) return null
  return (
    <table className="w-full table-fixed border-separate border-spacing-0 overflow-hidden rounded-lg border text-sm">
      <thead className="bg-surface-1 text-muted">
        <tr>
          <th className="w-1/4 px-3 py-1.5 text-start font-medium">Field</th>
          {before && <th className="px-3 py-1.5 text-start font-medium">Before</th>}
          <th className="px-3 py-1.5 text-start font-medium">{before ? 'After' : 'Value'}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field} className="*:border-t *:align-top">
            <td className="px-3 py-1.5 text-muted wrap-anywhere">{field}</td>
            {before && (
              <td className="bg-danger-soft/40 px-3 py-1.5 font-mono text-xs wrap-anywhere">
                {valueInWords(before[field])}
              </td>
            )}
            <td className="bg-success-soft/40 px-3 py-1.5 font-mono text-xs wrap-anywhere">
              {valueInWords(after?.[field])}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
