'use client'
import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { type MenuItem, MenuItems, menuContentStyle } from './menu-items.tsx'

export type MenuProps = {
  /** One button; an IconButton or Button of this package. */
  trigger: ReactNode
  items: ReadonlyArray<MenuItem>
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'right' | 'bottom' | 'left'
  onOpenChange?: (open: boolean) => void
  /** Open from the start, for a menu that was fetched by the press that asked for it. */
  defaultOpen?: boolean
}

/** Actions behind a button. */
export function Menu({
  trigger,
  items,
  align = 'end',
  side = 'bottom',
  onOpenChange,
  defaultOpen,
}: MenuProps) {
  return (
    <DropdownMenu.Root defaultOpen={defaultOpen} onOpenChange={onOpenChange}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className={`${menuContentStyle} max-h-(--radix-dropdown-menu-content-available-height)`}
        >
          <MenuItems items={items} parts={DropdownMenu} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
