import { answers } from './answers'
import { ordinary } from './command/ordinary'

ordinary(answers)
