'use client'
import { IconButton } from '@parley/ui'
import { SmilePlus } from 'lucide-react'
import { useState } from 'react'
import { fetched } from '../shell/fetched.tsx'

const Popover = fetched(
  () => import('./emoji-popover.tsx').then((file) => file.EmojiPopover),
  <IconButton label="Emoji" icon={SmilePlus} size="small" busy />,
)

/** Opens the emoji; all that this takes is fetched by the first press. */
export function EmojiButton({
  label,
  onPick,
  onOpenChange,
}: {
  label: string
  onPick: (emoji: string) => void
  onOpenChange?: (open: boolean) => void
}) {
  const [wanted, setWanted] = useState(false)
  if (wanted) {
    const close = () => {
      setWanted(false)
      onOpenChange?.(false)
    }
    return <Popover label={label} onPick={onPick} onOpenChange={onOpenChange} onClose={close} />
  }
  return (
    <IconButton
      label={label}
      icon={SmilePlus}
      size="small"
      aria-haspopup="dialog"
      aria-expanded={false}
      onClick={() => {
        setWanted(true)
        onOpenChange?.(true)
      }}
    />
  )
}
