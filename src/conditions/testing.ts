import { HOURS, type WeatherDay } from './weather.ts'

/** A made year, for where no real one stands beside the checkout: a season, the hours of a day, and weather that lasts. */
export function madeYear(seed: number): WeatherDay[] {
  let random = seed
  const noise = () => {
    // Twelve uniform numbers make a normal one; the generator is that of Park and Miller.
    let sum = -6
    for (let n = 0; n < 12; n++) {
      random = (random * 48_271) % 2_147_483_647
      sum += random / 2_147_483_647
    }
    return sum
  }
  let weather = 0
  const begin = Temporal.PlainDate.from('2023-01-01')
  return Array.from({ length: 365 }, (_, at) => {
    const { month, day } = begin.add({ days: at })
    const season = 3 * Math.sin((2 * Math.PI * at) / 365)
    const dryBulbCelsius = Array.from({ length: HOURS }, (_, hour) => {
      weather = 0.985 * weather + 0.35 * noise()
      return Math.round((27 + season + 4 * Math.cos((2 * Math.PI * (hour - 14)) / HOURS) + weather) * 10) / 10
    })
    const none = Array<undefined>(HOURS).fill(undefined)
    return {
      month,
      day,
      dryBulbCelsius,
      dewPointCelsius: none,
      humidityPercent: none,
      pressurePa: none,
      infraredWhM2: none,
      globalWhM2: none,
    }
  })
}
