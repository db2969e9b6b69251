'use client'
import { Command } from 'cmdk'
import { type LucideIcon, Search } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { Kbd } from './kbd.tsx'
import { LayerContent } from './layer-content.tsx'
import { Spinner } from './spinner.tsx'
import { useUiText } from './ui-text.ts'

export type PaletteItem = {
  id: string
  label: string
  /** Beside the label, quieter: a team, a path, a title. */
  hint?: string
  icon?: LucideIcon
  /** Instead of an icon: an avatar, a presence symbol. */
  start?: ReactNode
  end?: ReactNode
  shortcut?: string
  /** Other words that should find it. */
  keywords?: string[]
  onSelect: () => void
}

export type PaletteGroup = { heading: string; items: ReadonlyArray<PaletteItem> }

export type CommandPaletteProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  label: string
  placeholder: string
  query: string
  onQueryChange: (query: string) => void
  groups: ReadonlyArray<PaletteGroup>
  /** False when the caller has already matched and ranked the items. */
  filter?: boolean
  searching?: boolean
  footer?: ReactNode
}

/** Everything by its name, from the keyboard. Fetched only when first opened: import it lazily. */
export function CommandPalette(props: CommandPaletteProps) {
  const {
    open,
    onOpenChange,
    label,
    placeholder,
    query,
    onQueryChange,
    groups,
    filter = true,
    searching,
  } = props
  const text = useUiText()
  const [pointedAt, pointAt] = useState('')
  const listed = groups.flatMap(({ items }) => items.map(({ id }) => id))
  // cmdk leaves nothing chosen when what was chosen goes while it looks for the first: Enter would then do nothing
  const chosen = listed.includes(pointedAt) ? pointedAt : (listed[0] ?? '')
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 flex animate-fade-in items-start justify-center bg-scrim p-3 pt-[10vh]">
          <LayerContent
            aria-describedby={undefined}
            className="flex max-h-[70dvh] w-full max-w-xl animate-pop-in flex-col overflow-hidden rounded-lg bg-float shadow-float outline-none"
          >
            <Dialog.Title className="sr-only">{label}</Dialog.Title>
            <Command
              label={label}
              shouldFilter={filter}
              {...(!filter && { value: chosen, onValueChange: pointAt })}
              loop
              className="flex min-h-0 flex-col"
            >
              <div className="flex h-12 shrink-0 items-center gap-3 border-b px-4">
                {searching ? (
                  <Spinner className="size-4.5 text-muted" />
                ) : (
                  <Search aria-hidden="true" className="size-4.5 text-muted" />
                )}
                <Command.Input
                  autoFocus
                  value={query}
                  onValueChange={onQueryChange}
                  placeholder={placeholder}
                  className="h-full min-w-0 flex-1 bg-transparent text-lg text-strong outline-none"
                />
                <Kbd keys="Escape" className="text-muted max-sm:hidden" />
              </div>
              <Command.List className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-1.5">
                <Command.Empty className="p-6 text-center text-muted">
                  {searching ? text.loading : text.noResults}
                </Command.Empty>
                {groups.map((group) => (
                  <Command.Group
                    key={group.heading}
                    heading={group.heading}
                    className="**:[[cmdk-group-heading]]:px-2.5 **:[[cmdk-group-heading]]:pt-2 **:[[cmdk-group-heading]]:pb-1 **:[[cmdk-group-heading]]:font-medium **:[[cmdk-group-heading]]:text-muted **:[[cmdk-group-heading]]:text-xs"
                  >
                    {group.items.map((item) => (
                      <PaletteRow key={item.id} item={item} />
                    ))}
                  </Command.Group>
                ))}
              </Command.List>
              {props.footer && (
                <div className="shrink-0 border-t px-4 py-2 text-muted text-sm">{props.footer}</div>
              )}
            </Command>
          </LayerContent>
        </Dialog.Overlay>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function PaletteRow({ item }: { item: PaletteItem }) {
  return (
    <Command.Item
      value={item.id}
      keywords={[item.label, item.hint ?? '', ...(item.keywords ?? [])]}
      onSelect={item.onSelect}
      className="flex min-h-9 cursor-pointer select-none items-center gap-2.5 rounded-sm px-2.5 py-1.5 text-strong data-[selected=true]:bg-highlight pointer-coarse:min-h-11"
    >
      {item.start ?? (item.icon && <item.icon aria-hidden="true" className="size-4 shrink-0 text-muted" />)}
      <span className="truncate">{item.label}</span>
      {item.hint && <span className="min-w-0 truncate text-muted text-sm">{item.hint}</span>}
      <span className="ms-auto flex shrink-0 items-center gap-2">
        {item.end}
        {item.shortcut && <Kbd keys={item.shortcut} className="text-muted" />}
      </span>
    </Command.Item>
  )
}
