// What the interface is made of. Tokens are in tokens.css, reached through @parley/ui/styles.css.

// To read
export { Avatar, type AvatarProps } from './avatar.tsx'
export { hueOf, initialsOf } from './avatar-identity.ts'
export { Badge } from './badge.tsx'
// States of a view
export { Banner, type BannerProps } from './banner.tsx'
export { Button, type ButtonProps } from './button.tsx'
// To press
export { buttonStyle } from './button-style.ts'
// Figures
export { Sparkline } from './charts/sparkline.tsx'
export { type Series, TimeChart, type TimeChartProps } from './charts/time-chart.tsx'
// To fill in
export { Checkbox, type CheckboxProps } from './checkbox.tsx'
// For what only the browser knows
export { classes } from './classes.ts'
// Layers
export {
  CommandPalette,
  type CommandPaletteProps,
  type PaletteGroup,
  type PaletteItem,
} from './command-palette.tsx'
export { ConfirmDialog, type ConfirmDialogProps } from './confirm-dialog.tsx'
export { ContextMenu } from './context-menu.tsx'
export { CountBadge } from './count-badge.tsx'
export { DeniedState } from './denied-state.tsx'
export { Dialog, type DialogProps } from './dialog.tsx'
export { EmptyState } from './empty-state.tsx'
export { ErrorState, type ErrorStateProps } from './error-state.tsx'
export { useFocusReturnFrom } from './focus-return.ts'
export { Form, type FormProps } from './form.tsx'
export { FormField, type FormFieldProps, useFieldAttributes } from './form-field.tsx'
export { formatBytes, formatCount, formatNumber } from './format-number.ts'
export { formatDay, formatRelative, formatTime, type TimeStyle } from './format-time.ts'
export { useHydrated } from './hydrated.ts'
export { IconButton, type IconButtonProps } from './icon-button.tsx'
export { Kbd } from './kbd.tsx'
// Around everything
export { Link, type LinkProps } from './link.tsx'
export { LinkButton, type LinkButtonProps } from './link-button.tsx'
export { Loading } from './loading.tsx'
export { Logo } from './logo.tsx'
export { Menu, type MenuProps } from './menu.tsx'
export type { MenuItem } from './menu-items.tsx'

// To find one's way
export { PageHeader } from './page-header.tsx'
export { Pagination, type PaginationProps } from './pagination.tsx'
export { Popover, type PopoverProps } from './popover.tsx'
export { type Presence, PresenceDot } from './presence-dot.tsx'
export { ProgressBar, type ProgressBarProps } from './progress-bar.tsx'
export { RadioGroup, type RadioGroupProps, type RadioOption } from './radio-group.tsx'
export { Select, type SelectOption, type SelectProps } from './select.tsx'
export { SelectionBar } from './selection-bar.tsx'
export { Sheet, type SheetProps } from './sheet.tsx'
export { SideNav, type SideNavGroup, type SideNavItem } from './side-nav.tsx'
export { SidePanel, type SidePanelProps } from './side-panel.tsx'
export { Skeleton } from './skeleton.tsx'
export { Spinner } from './spinner.tsx'
export { StatCard, type StatCardProps } from './stat-card.tsx'
export { Switch, type SwitchProps } from './switch.tsx'
export { type Column, columnsShownAtFirst, type Sort, Table, type TableProps } from './table.tsx'
export { TableColumns } from './table-columns.tsx'
export { type Tab, Tabs, type TabsProps } from './tabs.tsx'
export { Tag, type TagProps } from './tag.tsx'
export { TextArea } from './text-area.tsx'
export { TextField, type TextFieldProps } from './text-field.tsx'
export { ThemeToggle } from './theme-toggle.tsx'
export { Timestamp, type TimestampProps } from './timestamp.tsx'
export { dismissToast, toast } from './toast-store.ts'
export { bringToaster } from './toaster-when-needed.tsx'
export type { Tone } from './tone.ts'
export { Tooltip, type TooltipProps } from './tooltip.tsx'
export { useTryAgain } from './try-again.ts'
export { useUiLocale } from './ui-locale.ts'
export { UiProvider, type UiProviderProps } from './ui-provider.tsx'
export { englishText, type UiText, useUiText } from './ui-text.ts'
export { WaitingPage, type WaitingPageProps } from './waiting-page.tsx'
