'use client'
import type { FileCard } from '@parley/protocol'
import { classes, formatBytes, IconButton, useUiLocale } from '@parley/ui'
import { ChevronLeft, ChevronRight, Download, ImageOff, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { download, fileAddress } from './file-address.ts'
import { usePicture } from './use-picture.ts'

/** The pictures of a message, one at a time and as large as there is room. Arrows turn, Escape closes. */
export function Lightbox({
  pictures,
  at,
  onShow,
  onClose,
}: {
  pictures: readonly FileCard[]
  at: number
  onShow: (at: number) => void
  onClose: () => void
}) {
  const { locale } = useUiLocale()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const file = pictures[at]
  if (!file) return null
  const turn = (by: number) => onShow((at + by + pictures.length) % pictures.length)
  // Closed by itself, so that the focus goes back to where it came from.
  const close = () => dialog.current?.close()
  const pressed = (event: KeyboardEvent) => {
    // What lies below has shortcuts of its own, and must not hear these.
    if (event.key === 'Escape') close()
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') turn(event.key === 'ArrowLeft' ? -1 : 1)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const several = pictures.length > 1
  return (
    <dialog
      ref={dialog}
      aria-label={file.name}
      onClose={onClose}
      onKeyDown={pressed}
      className="m-0 flex h-dvh max-h-none w-dvw max-w-none flex-col bg-surface-0 text-normal backdrop:bg-scrim"
    >
      <header className="flex items-center gap-2 border-b px-3 py-2">
        <span className="min-w-0 flex-1">
          <span className="block truncate font-semibold text-strong">{file.name}</span>
          <span className="block text-muted text-xs">
            {several && `${at + 1} of ${pictures.length} · `}
            {file.width && file.height && `${file.width} × ${file.height} · `}
            {formatBytes(file.size, locale)}
          </span>
        </span>
        <IconButton label="Download" icon={Download} side="bottom" onClick={() => void download(file.id)} />
        <IconButton label="Close" shortcut="Esc" icon={X} side="bottom" onClick={close} />
      </header>
      <div className="relative min-h-0 flex-1">
        <Whole key={file.id} file={file} onLeave={close} />
        {several && (
          <>
            <Turn
              label="Previous picture"
              shortcut="←"
              icon={ChevronLeft}
              at="start"
              onTurn={() => turn(-1)}
            />
            <Turn label="Next picture" shortcut="→" icon={ChevronRight} at="end" onTurn={() => turn(1)} />
          </>
        )}
      </div>
    </dialog>
  )
}

function Whole({ file, onLeave }: { file: FileCard; onLeave: () => void }) {
  const { state, attributes } = usePicture(fileAddress(file.id))
  if (state === 'failed')
    return (
      <p className="grid size-full place-content-center justify-items-center gap-2 text-muted">
        <ImageOff aria-hidden="true" className="size-8" />
        This picture cannot be shown. It may have been removed; else try again.
      </p>
    )
  const { width, height, blur } = file
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: beside the button and Escape, for those who press beside the picture
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same
    <div
      className="absolute inset-0 flex items-center justify-center p-4 max-sm:p-1"
      onClick={(event) => event.target === event.currentTarget && onLeave()}
    >
      <img
        {...attributes}
        alt={file.name}
        {...(width && height ? { width, height } : {})}
        style={state === 'loading' && blur ? { backgroundImage: `url("${blur}")` } : undefined}
        className={classes(
          'max-h-full max-w-full bg-cover object-contain',
          !(width && height) && 'size-auto',
        )}
      />
    </div>
  )
}

function Turn({
  label,
  shortcut,
  icon,
  at,
  onTurn,
}: {
  label: string
  shortcut: string
  icon: typeof ChevronLeft
  at: 'start' | 'end'
  onTurn: () => void
}) {
  return (
    <IconButton
      label={label}
      shortcut={shortcut}
      icon={icon}
      size="large"
      variant="outlined"
      onClick={onTurn}
      className={classes('absolute inset-y-0 my-auto', at === 'start' ? 'start-3' : 'end-3')}
    />
  )
}
