import { ordinary } from '../command/ordinary'
import { answers } from './answers'

ordinary(answers)
