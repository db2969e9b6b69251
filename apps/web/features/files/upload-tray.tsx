'use client'
import { classes, formatBytes, IconButton, useUiLocale } from '@parley/ui'
import { RotateCw, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { iconOf, isPicture, kindOf } from './file-kind.ts'
import { ProgressRing } from './progress-ring.tsx'
import type { Upload } from './uploads.ts'
import type { ComposerFiles } from './use-uploads.ts'

/** What is attached, above the text: a tile each, with how far it is. */
export function UploadTray({ files }: { files: ComposerFiles }) {
  if (files.list.length === 0) return null
  return (
    <ul aria-label="Attached files" className="flex max-h-44 flex-wrap gap-2 overflow-y-auto px-3 pt-3">
      {files.list.map((upload) => (
        <UploadTile
          key={upload.id}
          upload={upload}
          onRetry={() => files.retry(upload.id)}
          onRemove={() => files.remove(upload.id)}
        />
      ))}
    </ul>
  )
}

function UploadTile({
  upload: { content, state },
  onRetry,
  onRemove,
}: {
  upload: Upload
  onRetry: () => void
  onRemove: () => void
}) {
  const failed = state.at === 'failed'
  return (
    <li
      className={classes(
        'flex w-60 max-w-full items-center gap-2.5 rounded-sm border p-1.5 pe-1',
        failed ? 'border-danger-text bg-danger-soft' : 'bg-surface-1',
      )}
      data-upload={state.at}
    >
      <Preview content={content} dim={state.at !== 'ready'} />
      <span className="min-w-0 flex-1">
        <span className="block truncate text-sm text-strong" title={content.name}>
          {content.name || 'Pasted file'}
        </span>
        <span
          className={classes('block text-xs', failed ? 'text-danger-text' : 'truncate text-muted')}
          role={failed ? 'alert' : undefined}
        >
          <Said content={content} state={state} />
        </span>
      </span>
      {(state.at === 'waiting' || state.at === 'sending' || state.at === 'checking') && (
        <ProgressRing
          label={`Uploading ${content.name}`}
          done={state.at === 'sending' ? state.done : state.at === 'waiting' ? 0 : null}
        />
      )}
      {failed && <IconButton label="Try again" icon={RotateCw} size="small" onClick={onRetry} />}
      <IconButton label={`Remove ${content.name}`} icon={X} size="small" onClick={onRemove} />
    </li>
  )
}

function Said({ content, state }: Pick<Upload, 'content' | 'state'>) {
  const { locale } = useUiLocale()
  switch (state.at) {
    case 'failed':
      return state.says
    case 'waiting':
      return 'Waiting'
    case 'checking':
      return 'Checking'
    case 'sending':
      return `${formatBytes(Math.round(content.size * state.done), locale)} of ${formatBytes(content.size, locale)}`
    case 'ready':
      return `${kindOf(content.name, state.card.type)} · ${formatBytes(content.size, locale)}`
  }
}

/** The picture itself, from this device; else what kind of file it is. */
function Preview({ content, dim }: { content: File; dim: boolean }) {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    if (!isPicture(content.type)) return
    const made = URL.createObjectURL(content)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [content])
  const Icon = iconOf(content.type)
  return (
    <span
      className={classes(
        'grid size-10 shrink-0 place-items-center overflow-hidden rounded-sm bg-surface-2 text-muted',
        dim && 'opacity-60',
      )}
    >
      {url ? (
        <img src={url} alt="" className="size-full object-cover" />
      ) : (
        <Icon aria-hidden="true" className="size-5" />
      )}
    </span>
  )
}
