import { ordinary } from '../command/ordinary'
import { differential } from './differential'

ordinary(differential)
