import { sniff } from './sniff.ts'

const EDGE = 640
const BLUR_EDGE = 16
/** A small file can claim to be an enormous picture: past this many pixels it is not decoded at all. */
const PIXELS = 64_000_000
const SECONDS = 20

/** Bitmaps only. An SVG is a program, and is never rendered. */
const DECODED: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'image/avif',
])

export type Thumbnail = { content: Buffer; width: number; height: number; blur: string }

/**
 * A WebP of at most 640 × 640 with nothing of the original's metadata, turned as the camera was held. `width` and
 * `height` are the original's, turned, so that a client knows its shape before it has come. `blur`: a data URL of a
 * few hundred bytes. Null for what is not one of our bitmaps, too large or broken.
 */
export async function thumbnail(image: Buffer): Promise<Thumbnail | null> {
  if (!DECODED.has(await sniff(image.subarray(0, 4_100)))) return null
  const { default: sharp } = await import('sharp')
  const options = { limitInputPixels: PIXELS, failOn: 'error', pages: 1 } as const
  try {
    const { width, height, orientation = 1 } = await sharp(image, options).metadata()
    const content = await sharp(image, options)
      .autoOrient()
      .resize({ width: EDGE, height: EDGE, fit: 'inside', withoutEnlargement: true })
      .timeout({ seconds: SECONDS })
      .webp({ quality: 78 })
      .toBuffer()
    const tiny = await sharp(content)
      .resize({ width: BLUR_EDGE, height: BLUR_EDGE, fit: 'inside' })
      .webp({ quality: 40 })
      .toBuffer()
    const turned = orientation >= 5
    return {
      content,
      width: turned ? height : width,
      height: turned ? width : height,
      blur: `data:image/webp;base64,${tiny.toString('base64')}`,
    }
  } catch {
    // sharp throws plain errors for whatever a stranger's file can do to it
    return null
  }
}
