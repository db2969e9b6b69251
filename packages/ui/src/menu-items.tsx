'use client'
import { Check, ChevronRight, type LucideIcon } from 'lucide-react'
import type { DropdownMenu as DropdownPrimitive } from 'radix-ui'
import { classes } from './classes.ts'
import { Kbd } from './kbd.tsx'

export type MenuItem =
  | {
      kind: 'action'
      label: string
      onSelect: () => void
      icon?: LucideIcon
      shortcut?: string
      hint?: string
      tone?: 'danger'
      disabled?: boolean
    }
  | {
      kind: 'toggle'
      label: string
      checked: boolean
      onToggle: (checked: boolean) => void
      disabled?: boolean
    }
  | { kind: 'submenu'; label: string; icon?: LucideIcon; items: MenuItem[] }
  | { kind: 'heading'; label: string }
  | { kind: 'separator' }

/** The parts that dropdown and context menus have in common. */
export type MenuParts = Pick<
  typeof DropdownPrimitive,
  | 'Item'
  | 'CheckboxItem'
  | 'ItemIndicator'
  | 'Label'
  | 'Separator'
  | 'Sub'
  | 'SubTrigger'
  | 'SubContent'
  | 'Portal'
>

export const menuContentStyle =
  'z-50 min-w-44 max-w-80 animate-pop-in overflow-y-auto rounded-lg bg-float p-1 shadow-float outline-none data-[state=closed]:animate-fade-out'

const rowStyle =
  'relative flex min-h-8 select-none items-center gap-2.5 rounded-sm px-2.5 py-1.5 outline-none data-disabled:opacity-50 data-[state=open]:bg-highlight pointer-coarse:min-h-10'

const plainRow = classes(rowStyle, 'text-strong data-highlighted:bg-highlight')
const dangerRow = classes(rowStyle, 'text-danger-text data-highlighted:bg-danger-soft')

const keyOf = (item: MenuItem, index: number) =>
  'label' in item ? `${item.kind} ${item.label}` : `separator ${index}`

/** Rows of a menu, from data. */
export function MenuItems({ items, parts }: { items: ReadonlyArray<MenuItem>; parts: MenuParts }) {
  return items.map((item, index) => <MenuRow key={keyOf(item, index)} item={item} parts={parts} />)
}

/** A danger row says so by its verb as well as by its colour. */
function MenuRow({ item, parts: Part }: { item: MenuItem; parts: MenuParts }) {
  switch (item.kind) {
    case 'separator':
      return <Part.Separator className="-mx-1 my-1 h-px bg-line" />
    case 'heading':
      return <Part.Label className="px-2.5 pt-2 pb-1 font-medium text-muted text-xs">{item.label}</Part.Label>
    case 'toggle':
      return (
        <Part.CheckboxItem
          checked={item.checked}
          disabled={item.disabled}
          onCheckedChange={item.onToggle}
          onSelect={(event) => event.preventDefault()}
          className={plainRow}
        >
          <span className="grid size-4 place-items-center">
            <Part.ItemIndicator>
              <Check aria-hidden="true" className="size-4 text-accent-text" />
            </Part.ItemIndicator>
          </span>
          <span className="truncate">{item.label}</span>
        </Part.CheckboxItem>
      )
    case 'submenu':
      return (
        <Part.Sub>
          <Part.SubTrigger className={plainRow}>
            {item.icon && <item.icon aria-hidden="true" className="size-4 text-muted" />}
            <span className="flex-1 truncate">{item.label}</span>
            <ChevronRight aria-hidden="true" className="size-4 text-muted rtl:-scale-x-100" />
          </Part.SubTrigger>
          <Part.Portal>
            <Part.SubContent sideOffset={2} collisionPadding={8} className={menuContentStyle}>
              <MenuItems items={item.items} parts={Part} />
            </Part.SubContent>
          </Part.Portal>
        </Part.Sub>
      )
    case 'action':
      return (
        <Part.Item
          disabled={item.disabled}
          onSelect={item.onSelect}
          className={item.tone === 'danger' ? dangerRow : plainRow}
        >
          {item.icon && (
            <item.icon
              aria-hidden="true"
              className={classes('size-4 shrink-0', item.tone !== 'danger' && 'text-muted')}
            />
          )}
          <span className="min-w-0 flex-1">
            <span className="block truncate">{item.label}</span>
            {item.hint && <span className="block text-muted text-sm">{item.hint}</span>}
          </span>
          {item.shortcut && <Kbd keys={item.shortcut} className="text-muted" />}
        </Part.Item>
      )
  }
}
