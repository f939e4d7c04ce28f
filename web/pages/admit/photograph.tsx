import { useEffect, useRef, useState } from 'react'
import { useWords, words } from '../../frame/words.ts'
import { Mark } from '../../parts/mark.tsx'

const own = words({
  camera: { en: 'Use the camera', es: 'Usar la cámara' },
  file: { en: 'Choose a file', es: 'Elegir un archivo' },
  take: { en: 'Take the photograph', es: 'Tomar la fotografía' },
  stop: { en: 'Switch the camera off', es: 'Apagar la cámara' },
  remove: { en: 'Take it away', es: 'Quitarla' },
  picture: { en: 'Photograph of the person', es: 'Fotografía de la persona' },
  noCamera: {
    en: 'No camera answers on this machine. Choose a file, or leave it: the admission goes on.',
    es: 'Ninguna cámara responde en este equipo. Elija un archivo o déjelo: el ingreso sigue.',
  },
  notPicture: { en: 'That file is no picture (JPEG or PNG).', es: 'Ese archivo no es una imagen (JPEG o PNG).' },
  missing: { en: 'missing', es: 'falta' },
  title: { en: 'Photograph', es: 'Fotografía' },
  kept: {
    en: 'Kept in the page until it is recorded; it is no part of the draft.',
    es: 'Queda en la página hasta registrarla; no es parte del borrador.',
  },
})

/** The longest side of a picture that is kept, in pixels: enough to know a face by. */
const SIDE_MAX = 1200

/** A photograph by camera or file, as JPEG. Whoever has no camera goes on without. */
export function Photograph({
  value,
  onValue,
}: {
  readonly value: Blob | undefined
  readonly onValue: (picture: Blob | undefined) => void
}) {
  const w = useWords(own)
  const [stream, setStream] = useState<MediaStream>()
  const [trouble, setTrouble] = useState<'noCamera' | 'notPicture'>()
  const [address, setAddress] = useState<string>()
  const video = useRef<HTMLVideoElement>(null)
  const file = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (value === undefined) return setAddress(undefined)
    const made = URL.createObjectURL(value)
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [value])
  useEffect(() => {
    if (video.current !== null) video.current.srcObject = stream ?? null
    return () => {
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
  }, [stream])
  const open = async () => {
    setTrouble(undefined)
    try {
      setStream(await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'user' } }))
    } catch {
      // Refused by the person or absent: the page says so, and a file does as well.
      setTrouble('noCamera')
    }
  }
  const take = async () => {
    if (video.current === null) return
    onValue(await jpegOf(video.current, video.current.videoWidth, video.current.videoHeight))
    setStream(undefined)
  }
  const choose = async (chosen: File | undefined) => {
    if (chosen === undefined) return
    setTrouble(undefined)
    try {
      const bitmap = await createImageBitmap(chosen)
      onValue(await jpegOf(bitmap, bitmap.width, bitmap.height))
    } catch {
      // What the browser cannot read as a picture is none.
      setTrouble('notPicture')
    }
  }
  return (
    <div className="field whole">
      <span className="field-label">
        {w.title}
        {value === undefined ? (
          <span className="field-missing">
            <Mark kind="missing" /> {w.missing}
          </span>
        ) : null}
      </span>
      <div className="row">
        {stream === undefined ? null : <video ref={video} autoPlay playsInline muted width={160} height={120} />}
        {address === undefined ? null : <img src={address} alt={w.picture} height={120} />}
        {stream !== undefined ? (
          <>
            <button type="button" className="button" onClick={() => void take()}>
              {w.take}
            </button>
            <button type="button" className="button" onClick={() => setStream(undefined)}>
              {w.stop}
            </button>
          </>
        ) : (
          <>
            <button type="button" className="button" onClick={() => void open()}>
              {w.camera}
            </button>
            <button type="button" className="button" onClick={() => file.current?.click()}>
              {w.file}
            </button>
          </>
        )}
        {value === undefined ? null : (
          <button type="button" className="button" onClick={() => onValue(undefined)}>
            {w.remove}
          </button>
        )}
        <input
          ref={file}
          type="file"
          hidden
          accept="image/jpeg,image/png"
          aria-label={w.file}
          onChange={(event) => void choose(event.target.files?.[0])}
        />
      </div>
      <p className="support" aria-live="polite">
        {trouble === undefined ? (value === undefined ? null : w.kept) : w[trouble]}
      </p>
    </div>
  )
}

/** Drawn anew: no larger than it needs to be, and without what a camera writes into its files (place, device). */
async function jpegOf(picture: CanvasImageSource, width: number, height: number): Promise<Blob> {
  const scale = Math.min(1, SIDE_MAX / Math.max(width, height, 1))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(width * scale))
  canvas.height = Math.max(1, Math.round(height * scale))
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('no picture could be drawn')) : resolve(blob)),
      'image/jpeg',
      0.88,
    ),
  )
}
