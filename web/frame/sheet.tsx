import { useState } from 'react'
import { CheckField } from '../parts/field.tsx'
import { Dialog } from './dialog.tsx'
import { areSingleKeysOn, setSingleKeys, shortcutsNow } from './keys.ts'
import { useWords, words } from './words.ts'

const own = words({
  title: { en: 'Shortcuts on this page', es: 'Atajos en esta página' },
  single: {
    en: 'Single keys work outside fields',
    es: 'Las teclas sueltas funcionan fuera de los campos',
  },
  close: { en: 'Close', es: 'Cerrar' },
})

/** What each key does on the page at hand. */
export function ShortcutSheet({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const w = useWords(own)
  return (
    <Dialog isOpen={isOpen} onClose={onClose} label={w.title}>
      <Content onClose={onClose} />
    </Dialog>
  )
}

function Content({ onClose }: { readonly onClose: () => void }) {
  const w = useWords(own)
  const [isOn, setOn] = useState(areSingleKeysOn)
  const unique = [...new Map(shortcutsNow().map((one) => [one.keys, one])).values()]
  return (
    <>
      <div className="card-head">
        <h2>{w.title}</h2>
        <button type="button" className="button small" onClick={onClose}>
          {w.close} <kbd>Esc</kbd>
        </button>
      </div>
      <dl className="sheet-list">
        {unique.map(({ keys, says }) => (
          <div key={keys}>
            <dt>{says}</dt>
            <dd>
              <kbd>{keys}</kbd>
            </dd>
          </div>
        ))}
      </dl>
      <div className="palette-foot">
        <CheckField
          name="single-keys"
          label={w.single}
          value={isOn}
          onValue={(on) => {
            setSingleKeys(on)
            setOn(on)
          }}
        />
      </div>
    </>
  )
}
