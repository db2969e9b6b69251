/** What a coloured thing means; always beside a word or a symbol that says the same. */
export type Tone = 'neutral' | 'accent' | 'success' | 'warning' | 'danger'

export const softTone = {
  neutral: 'bg-surface-2 text-normal',
  accent: 'bg-accent-soft text-accent-text',
  success: 'bg-success-soft text-success-text',
  warning: 'bg-warning-soft text-warning-text',
  danger: 'bg-danger-soft text-danger-text',
} satisfies Record<Tone, string>
