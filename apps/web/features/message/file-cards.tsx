'use client'
import type { FileCard } from '@parley/protocol'
import { formatBytes, useUiLocale } from '@parley/ui'
import { FileText } from 'lucide-react'

/** What is attached, by name, kind and size. */
export function FileCards({ files }: { files: FileCard[] }) {
  const { locale } = useUiLocale()
  if (files.length === 0) return null
  return (
    <ul className="mt-1 flex flex-wrap gap-2">
      {files.map((file) => (
        <li key={file.id} className="flex w-64 max-w-full items-center gap-2.5 rounded-sm border p-2">
          <span className="grid size-9 shrink-0 place-items-center overflow-hidden rounded-sm bg-surface-2 text-muted">
            {file.blur ? (
              <img src={file.blur} alt="" className="size-full object-cover" />
            ) : (
              <FileText aria-hidden="true" className="size-4.5" />
            )}
          </span>
          <span className="min-w-0">
            <span className="block truncate text-strong">{file.name}</span>
            <span className="block truncate text-muted text-xs">
              {file.type} · {formatBytes(file.size, locale)}
            </span>
          </span>
        </li>
      ))}
    </ul>
  )
}
