'use client'
import type { Id } from '@parley/protocol'
import { Paperclip } from 'lucide-react'
import { FileCards } from './file-cards.tsx'
import { sentCards } from './use-uploads.ts'

/** The files of a message on its way. After a reload only their number is known. */
export function PendingFiles({ files }: { files: readonly Id[] }) {
  if (files.length === 0) return null
  const cards = sentCards(files)
  if (cards.length > 0) return <FileCards files={cards} />
  return (
    <p className="flex items-center gap-1 text-muted text-sm">
      <Paperclip aria-hidden="true" className="size-3.5" />
      {files.length === 1 ? '1 file' : `${files.length} files`}
    </p>
  )
}
