/** A text that LIKE takes for what it says (PostgreSQL documentation §9.7.1). */
export const literally = (text: string): string => text.replace(/[\\%_]/g, '\\$&')
