import { ordinary } from '../command/ordinary'
import { context } from './context'

ordinary(context)
