import { Archive } from 'lucide-react'

export function ArchivedNote() {
  return (
    <p className="m-4 mt-0 flex items-center justify-center gap-2 rounded-sm bg-surface-2 p-3 text-muted">
      <Archive aria-hidden="true" className="size-4" />
      This channel is archived: it can be read and searched, but not written in.
    </p>
  )
}
