import {
  File as AnyFile,
  FileArchive,
  FileAudio,
  FileCode,
  FileImage,
  FileSpreadsheet,
  FileText,
  FileVideo,
  type LucideIcon,
} from 'lucide-react'

/** Bitmaps that the server makes thumbnails of. */
const pictures = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif'])
export const isPicture = (type: string): boolean => pictures.has(type)

const icons: [RegExp, LucideIcon][] = [
  [/^image\//, FileImage],
  [/^video\//, FileVideo],
  [/^audio\//, FileAudio],
  [/zip|tar|compressed|rar|7z|gzip/, FileArchive],
  [/sheet|excel|csv/, FileSpreadsheet],
  [/html|xml|json|javascript/, FileCode],
  [/^text\/|pdf|word|document/, FileText],
]
export const iconOf = (type: string): LucideIcon =>
  icons.find(([pattern]) => pattern.test(type))?.[1] ?? AnyFile

/** What people call such a file: by the end of its name, else by its type. */
export function kindOf(name: string, type: string): string {
  const end = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]
  return (end ?? type.split('/').at(-1) ?? '').toUpperCase()
}
