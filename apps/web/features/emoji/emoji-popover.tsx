'use client'
import { Popover, Spinner } from '@parley/ui'
import dynamic from 'next/dynamic'
import { type ReactNode, useState } from 'react'

const Picker = dynamic(() => import('./emoji-picker.tsx').then((file) => file.EmojiPicker), {
  loading: () => (
    <div className="grid h-80 place-items-center">
      <Spinner />
    </div>
  ),
})

/** A button that opens the emoji. */
export function EmojiPopover({
  trigger,
  onPick,
  onOpenChange,
}: {
  trigger: ReactNode
  onPick: (emoji: string) => void
  onOpenChange?: (open: boolean) => void
}) {
  const [open, setOpen] = useState(false)
  const change = (next: boolean) => {
    setOpen(next)
    onOpenChange?.(next)
  }
  return (
    <Popover trigger={trigger} label="Emoji" open={open} onOpenChange={change} align="end" className="p-3">
      <Picker
        onPick={(emoji) => {
          change(false)
          onPick(emoji)
        }}
      />
    </Popover>
  )
}
