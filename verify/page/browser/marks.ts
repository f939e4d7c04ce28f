/** The marks of a state and of a verdict: shape first, then colour; the word always stands beside them. */
import type { StatementState } from '../../../src/record/return-format.ts'

const SVG = 'http://www.w3.org/2000/svg'

type Shape = readonly [tag: 'circle' | 'path' | 'rect', attributes: Readonly<Record<string, string>>]

const disc = { cx: '8', cy: '8', r: '7' }
const line = { fill: 'none', stroke: 'currentColor', 'stroke-width': '1.5' }

const shapes: Readonly<
  Record<StatementState | 'verified' | 'unknown-key' | 'broken' | 'unreadable' | 'waiting', readonly Shape[]>
> = {
  // Filling, not colour, says what it is worth.
  proven: [
    ['circle', { ...disc, fill: 'currentColor' }],
    ['path', { d: 'M4.5 8.4 7 10.8l4.6-5.2', fill: 'none', stroke: 'var(--surface)', 'stroke-width': '1.8' }],
  ],
  attested: [
    ['circle', { ...disc, ...line, r: '6.2' }],
    ['path', { d: 'M8 1.8a6.2 6.2 0 0 0 0 12.4z', fill: 'currentColor' }],
  ],
  'not-proven': [['circle', { ...disc, ...line, r: '6.2', 'stroke-dasharray': '2.4 2' }]],
  verified: [
    ['circle', { ...disc, fill: 'currentColor' }],
    ['path', { d: 'M4.5 8.4 7 10.8l4.6-5.2', fill: 'none', stroke: 'var(--surface)', 'stroke-width': '1.8' }],
  ],
  'unknown-key': [
    ['path', { d: 'M8 .8 15.2 8 8 15.2.8 8z', ...line }],
    ['path', { d: 'M6.2 6.4a1.9 1.9 0 1 1 2.6 1.8c-.6.3-.8.6-.8 1.4M8 11.2v1', ...line }],
  ],
  broken: [
    ['path', { d: 'M5 .9h6L15.1 5v6L11 15.1H5L.9 11V5z', fill: 'currentColor' }],
    ['path', { d: 'm5.3 5.3 5.4 5.4m0-5.4-5.4 5.4', fill: 'none', stroke: 'var(--surface)', 'stroke-width': '1.8' }],
  ],
  unreadable: [
    ['circle', { ...disc, ...line, r: '6.2' }],
    ['path', { d: 'M4.4 8h7.2', ...line }],
  ],
  waiting: [['rect', { x: '1.5', y: '1.5', width: '13', height: '13', ...line, 'stroke-dasharray': '2.6 2' }]],
}

/** Decoration: the word beside it says the same. */
export function mark(kind: keyof typeof shapes): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 16 16')
  svg.setAttribute('aria-hidden', 'true')
  svg.setAttribute('class', `mark mark-${kind}`)
  for (const [tag, attributes] of shapes[kind]) {
    const shape = document.createElementNS(SVG, tag)
    for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, value)
    svg.append(shape)
  }
  return svg
}
