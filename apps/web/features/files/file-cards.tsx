'use client'
import type { FileCard } from '@parley/protocol'
import { formatBytes, IconButton, useUiLocale } from '@parley/ui'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { fetched } from '../shell/fetched.tsx'
import { download, fileAddress } from './file-address.ts'
import { iconOf, isPicture, kindOf } from './file-kind.ts'
import { Picture } from './picture.tsx'

const Lightbox = fetched(() => import('./lightbox.tsx').then((file) => file.Lightbox))

/** What a message carries: pictures to look at, sounds and films to play, and all else to download. */
export function FileCards({ files }: { files: readonly FileCard[] }) {
  const [shown, setShown] = useState<number | null>(null)
  if (files.length === 0) return null
  const pictures = files.filter((file) => isPicture(file.type))
  return (
    <>
      <ul className="mt-1 flex flex-wrap gap-2" aria-label="Files">
        {files.map((file) => (
          <li key={file.id} className="max-w-full" data-file={file.id}>
            {isPicture(file.type) ? (
              <Picture file={file} onOpen={() => setShown(pictures.indexOf(file))} />
            ) : (
              <Card file={file} />
            )}
          </li>
        ))}
      </ul>
      {shown !== null && (
        <Lightbox pictures={pictures} at={shown} onShow={setShown} onClose={() => setShown(null)} />
      )}
    </>
  )
}

function Card({ file }: { file: FileCard }) {
  const { locale } = useUiLocale()
  const Icon = iconOf(file.type)
  return (
    <div className="w-72 max-w-full rounded-sm border bg-surface-0">
      <div className="flex items-center gap-2.5 p-2">
        <span className="grid size-9 shrink-0 place-items-center rounded-sm bg-surface-2 text-muted">
          <Icon aria-hidden="true" className="size-4.5" />
        </span>
        <span className="min-w-0 flex-1">
          <span className="block truncate text-strong" title={file.name}>
            {file.name}
          </span>
          <span className="block truncate text-muted text-xs">
            {kindOf(file.name, file.type)} · {formatBytes(file.size, locale)}
          </span>
        </span>
        <IconButton
          label={`Download ${file.name}`}
          icon={Download}
          size="small"
          onClick={() => void download(file.id)}
        />
      </div>
      {file.type.startsWith('audio/') && (
        // biome-ignore lint/a11y/useMediaCaption: what colleagues record comes without captions
        <audio controls preload="none" src={fileAddress(file.id)} className="block h-10 w-full px-2 pb-2" />
      )}
      {/^video\/(mp4|webm|quicktime)$/.test(file.type) && (
        // biome-ignore lint/a11y/useMediaCaption: what colleagues record comes without captions
        <video
          controls
          preload="none"
          src={fileAddress(file.id)}
          className="block h-40 w-full rounded-b-sm bg-surface-2"
        />
      )}
    </div>
  )
}
