import { ordinary } from '../command/ordinary'
import { filters } from './filters'

ordinary(filters)
