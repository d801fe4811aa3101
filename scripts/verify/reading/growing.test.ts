import { ordinary } from '../command/ordinary'
import { growing } from './growing'

ordinary(growing)
