'use client'
import { ContextMenu as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import { type MenuItem, MenuItems, menuContentStyle } from './menu-items.tsx'

/** The same actions on right click or long press. Never the only way to them. */
export function ContextMenu({ items, children }: { items: ReadonlyArray<MenuItem>; children: ReactNode }) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          collisionPadding={8}
          className={`${menuContentStyle} max-h-(--radix-context-menu-content-available-height)`}
        >
          <MenuItems items={items} parts={Primitive} />
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
