/** Ink on white, both on screen and on paper: a slip is photocopied and faxed, so no tone carries meaning. */
export const slipStyle = `
@page { size: A5 portrait; margin: 8mm 10mm; }
* { box-sizing: border-box; margin: 0; }
:root { color-scheme: light; }
body { background: #e9ecef; color: #15191e; font: 8.6pt/1.26 Inter, "Liberation Sans", Arial, sans-serif; padding: 16px; }
main { background: #fff; width: 148mm; min-height: 210mm; max-width: 100%; margin: 0 auto; padding: 9mm 10mm; display: flex;
  flex-direction: column; gap: 2.4mm; }
h1 { font-size: 14pt; line-height: 1.15; font-weight: 650; }
h2 { font-size: 9.5pt; font-weight: 650; margin-bottom: 1mm; }
[lang="en"] { color: #47505a; font-weight: 400; }
header { display: flex; justify-content: space-between; align-items: flex-start; gap: 6mm; border-bottom: 1.2pt solid #15191e;
  padding-bottom: 2.4mm; }
header .place { text-align: right; font-weight: 550; max-width: 52mm; }
.number { border: 1.2pt solid #15191e; border-radius: 4px; padding: 1.4mm 4mm; }
.number .label { font-size: 8pt; }
.number .figure { font-size: 21pt; line-height: 1.1; font-weight: 650; letter-spacing: .02em; font-variant-numeric: tabular-nums slashed-zero; }
dl > div { display: grid; grid-template-columns: 46mm 1fr; gap: 3mm; padding: .9mm 0; border-bottom: .4pt solid #a9b1b9; }
dl > div:last-child { border-bottom: 0; }
dt { font-size: 8pt; }
dt [lang="en"] { font-size: 7.5pt; }
dd [lang="en"] { font-size: 7.5pt; }
dd { font-weight: 550; overflow-wrap: anywhere; }
dd.absent { font-weight: 400; font-style: italic; }
.missing { border: .8pt dashed #47505a; border-radius: 4px; padding: 1.5mm 3mm; font-size: 6.8pt; line-height: 1.2; }
.missing h2 { font-size: 8pt; margin-bottom: .5mm; }
.rights ul { padding: 0; list-style: none; display: grid; grid-template-columns: 1fr 1fr; gap: 1.4mm 5mm; font-size: 7.3pt; line-height: 1.22; }
.rights li { border-left: 1.2pt solid #15191e; padding-left: 2mm; }
cite { font-style: normal; font-size: 7pt; color: #5c6570; }
footer { margin-top: auto; display: flex; gap: 5mm; align-items: flex-end; border-top: .8pt solid #15191e; padding-top: 3.6mm; font-size: 7.3pt; line-height: 1.22; }
footer p + p { margin-top: 1mm; }
footer .code svg { width: 27mm; height: 27mm; display: block; }
footer .entry { font: 7pt/1.2 "IBM Plex Mono", "Liberation Mono", monospace; }
footer .printed { font-size: 7pt; color: #47505a; }
@media print {
  body { background: none; padding: 0; }
  main { width: auto; min-height: 184mm; padding: 0; }
}
`
