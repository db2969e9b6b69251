/** The box that text is typed or chosen in. */
export const controlStyle =
  'w-full min-w-0 rounded-sm border border-line-strong bg-surface-0 text-base text-strong transition-colors hover:border-muted aria-invalid:border-danger disabled:cursor-not-allowed disabled:bg-surface-2 disabled:text-muted focus-visible:outline-offset-0'
