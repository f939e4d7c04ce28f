import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Replaces a file so that after a power cut it holds the old or the new bytes, never a mixture: temporary file, fsync,
 * rename, fsync of the folder. Mode 0600. When this returns the new bytes are on the disk.
 */
export async function writeDurably(path: string, bytes: string | Uint8Array): Promise<void> {
  const temporary = `${path}.new`
  const file = await open(temporary, 'w', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(temporary, path)
  const folder = await open(dirname(path), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
