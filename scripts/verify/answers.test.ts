import { answers } from './answers'
import { ordinary } from './ordinary'

ordinary(answers)
