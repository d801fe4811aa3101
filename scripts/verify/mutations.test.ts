import { mutations } from './mutations'
import { ordinary } from './ordinary'

ordinary(mutations)
