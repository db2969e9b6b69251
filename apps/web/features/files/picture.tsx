'use client'
import type { FileCard } from '@parley/protocol'
import { classes } from '@parley/ui'
import { FileImage, ImageOff } from 'lucide-react'
import { thumbnailAddress } from './file-address.ts'
import { usePicture } from './use-picture.ts'

/** Every picture is as high, before and after anything is known of it: nothing above it moves. In pixels. */
const HEIGHT = 180
const NARROWEST = 96
const WIDEST = 340
const UNKNOWN = 240

const widthOf = ({ width, height }: FileCard): number =>
  width && height ? Math.round(Math.min(WIDEST, Math.max(NARROWEST, (HEIGHT * width) / height))) : UNKNOWN

/** A picture in a message: its blur at once, its thumbnail when that has come, all of it when pressed. */
export function Picture({ file, onOpen }: { file: FileCard; onOpen: () => void }) {
  return (
    <button
      type="button"
      onClick={onOpen}
      aria-label={`${file.name}: show larger`}
      title={file.name}
      style={{
        width: widthOf(file),
        height: HEIGHT,
        backgroundImage: file.blur ? `url("${file.blur}")` : undefined,
      }}
      className="relative block max-w-full overflow-hidden rounded-sm border bg-center bg-cover bg-surface-2 text-muted hover:border-line-strong"
    >
      {file.thumbnail ? <Thumbnail file={file} /> : <Preparing name={file.name} />}
    </button>
  )
}

function Thumbnail({ file }: { file: FileCard }) {
  const { state, attributes } = usePicture(thumbnailAddress(file.id))
  if (state === 'failed')
    return (
      <span className="grid size-full place-items-center bg-surface-2">
        <ImageOff aria-label={`${file.name} cannot be shown now`} className="size-6" />
      </span>
    )
  // A picture smaller than its place is not blown up.
  const small = (file.height ?? HEIGHT) < HEIGHT
  return (
    <img
      {...attributes}
      alt={file.name}
      className={classes(
        'size-full transition-opacity duration-150',
        small ? 'bg-surface-2 object-scale-down' : 'object-cover',
        state === 'loading' && 'opacity-0',
      )}
    />
  )
}

/** A moment after it is sent, while the server makes the thumbnail. */
const Preparing = ({ name }: { name: string }) => (
  <span className="flex size-full flex-col items-center justify-center gap-2 p-3">
    <FileImage aria-hidden="true" className="size-6" />
    <span className="w-full truncate text-center text-xs">{name}</span>
  </span>
)
