import { ordinary } from '../command/ordinary'
import { names } from './names'

ordinary(names)
