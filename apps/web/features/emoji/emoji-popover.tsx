'use client'
import { IconButton, Popover } from '@parley/ui'
import { SmilePlus } from 'lucide-react'
import { useState } from 'react'
import { EmojiPicker } from './emoji-picker.tsx'

/** The emoji in a layer, open from the start. */
export function EmojiPopover({
  label,
  onPick,
  onOpenChange,
}: {
  label: string
  onPick: (emoji: string) => void
  onOpenChange?: (open: boolean) => void
}) {
  const [open, setOpen] = useState(true)
  const change = (next: boolean) => {
    setOpen(next)
    onOpenChange?.(next)
  }
  return (
    <Popover
      trigger={<IconButton label={label} icon={SmilePlus} size="small" />}
      label="Emoji"
      open={open}
      onOpenChange={change}
      align="end"
      className="p-3"
    >
      <EmojiPicker
        onPick={(emoji) => {
          change(false)
          onPick(emoji)
        }}
      />
    </Popover>
  )
}
