import { createContext, use } from 'react'

/** Every word that a component says by itself. Applications translate by passing a whole table to UiProvider. */
export type UiText = {
  close: string
  cancel: string
  retry: string
  undo: string
  loading: string
  remove: string
  previous: string
  next: string
  columns: string
  selectAll: string
  selectRow: string
  clearSelection: string
  rowsPerPage: string
  undoable: string
  permanent: string
  typeToConfirm: (word: string) => string
  selected: (count: string) => string
  rangeOf: (from: string, to: string, total: string) => string
  showPassword: string
  hidePassword: string
  notifications: string
  optional: string
  noResults: string
  online: string
  away: string
  busy: string
  offline: string
  themeLight: string
  themeDark: string
  themeSystem: string
  theme: string
  denied: string
  deniedWhy: string
  /** By what does not answer: a title, and what is wrong. */
  waiting: Record<'database' | 'server' | 'network', [title: string, why: string]>
  opensByItself: string
  sortedUp: string
  sortedDown: string
}

export const englishText: UiText = {
  close: 'Close',
  cancel: 'Cancel',
  retry: 'Try again',
  undo: 'Undo',
  loading: 'Loading',
  remove: 'Remove',
  previous: 'Previous page',
  next: 'Next page',
  columns: 'Columns',
  selectAll: 'Select all rows on this page',
  selectRow: 'Select row',
  clearSelection: 'Clear selection',
  rowsPerPage: 'Rows per page',
  undoable: 'You can undo this afterwards.',
  permanent: 'This cannot be undone.',
  typeToConfirm: (word) => `Type “${word}” to confirm`,
  selected: (count) => `${count} selected`,
  rangeOf: (from, to, total) => `${from}–${to} of ${total}`,
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  notifications: 'Notifications',
  optional: 'optional',
  noResults: 'Nothing matches.',
  online: 'Online',
  away: 'Away',
  busy: 'Busy',
  offline: 'Offline',
  themeLight: 'Light',
  themeDark: 'Dark',
  themeSystem: 'System',
  theme: 'Theme',
  denied: 'You do not have access to this',
  deniedWhy: 'It may not exist, or your role may not include it. Ask an administrator if you need it.',
  waiting: {
    database: ['Waiting for the database', 'The server cannot reach its database.'],
    server: ['Waiting for the server', 'The server does not answer.'],
    network: ['You are offline', 'The server cannot be reached from here.'],
  },
  opensByItself: 'This page opens by itself as soon as it can. Nothing is lost.',
  sortedUp: 'sorted ascending',
  sortedDown: 'sorted descending',
}

export const UiTextContext = createContext<UiText>(englishText)

/** The words of the current language. */
export function useUiText(): UiText {
  return use(UiTextContext)
}
