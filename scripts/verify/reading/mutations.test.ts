import { ordinary } from '../command/ordinary'
import { mutations } from './mutations'

ordinary(mutations)
